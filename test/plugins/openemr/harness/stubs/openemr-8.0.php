<?php

/** What 8.0 has another way than 7 and than the releases after it: a bag that is empty, another name of the wrapper, another order. */

namespace OpenEMR\Core {
    class OEGlobalsBag
    {
        public static function getInstance(): self
        {
            return new self();
        }
        public function get(string $name)
        {
            return null;
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
        public function getWrapper(): Session
        {
            return new Session();
        }
    }
}

namespace OpenEMR\Common\Csrf {
    use OpenEMR\Common\Session\Session;

    class CsrfUtils
    {
        public static function collectCsrfToken(string $subject, Session $session): string
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
