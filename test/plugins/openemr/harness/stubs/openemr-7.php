<?php

/** What 7 has another way than 8: the session is an array, and its tokens are made of it. */

namespace OpenEMR\Common\Csrf {
    class CsrfUtils
    {
        public static function collectCsrfToken($subject = 'default')
        {
            $key = $_SESSION['key'] ?? '';
            return $key === '' ? false : substr(hash_hmac('sha256', $subject, $key), 0, 40);
        }
    }
}

namespace OpenEMR\Common\Logging {
    class EventAuditLogger
    {
        public static function instance(): self
        {
            return new self();
        }
        public function newEvent($event, $user, $group, $success, $comments = '', $patient = null)
        {
            \World::$log[] = [$event, $user, $success, $comments, $patient];
        }
    }
}
