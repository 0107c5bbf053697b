<?php

/** What 8 has another way than 7: a bag of globals, a session that is wrapped, and tokens made of that. */

namespace OpenEMR\Core {
    class OEGlobalsBag
    {
        public static function getInstance(): self
        {
            return new self();
        }
        public function get(string $name)
        {
            return \World::$now['globals'][$name] ?? null;
        }
    }
}

namespace OpenEMR\Common\Session {
    class Session
    {
        public function get(string $name)
        {
            return \World::$now['session'][$name] ?? null;
        }
    }
    class SessionWrapperFactory
    {
        public static function getInstance(): self
        {
            return new self();
        }
        public function getActiveSession(): Session
        {
            return new Session();
        }
    }
}

namespace OpenEMR\Common\Csrf {
    use OpenEMR\Common\Session\Session;

    class CsrfUtils
    {
        public static function collectCsrfToken(Session $session, string $subject = 'default'): string
        {
            return substr(hash_hmac('sha256', $subject, $session->get('key') ?? ''), 0, 40);
        }
    }
}

namespace OpenEMR\Common\Logging {
    class EventAuditLogger
    {
        public static function getInstance(): self
        {
            return new self();
        }
        public function newEvent($event, $user, $group, $success, $comments = '', $patient = null)
        {
            \World::$log[] = [$event, $user, $success, $comments, $patient];
        }
    }
}
