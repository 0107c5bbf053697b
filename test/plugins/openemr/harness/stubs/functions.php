<?php

/** OpenEMR's translation and escaping, written for this test. Translations are hostile: what is not escaped shows. */

namespace {
    const HOSTILE = '<i>"\'';

    function xl($words)
    {
        return $words . (getenv('CORRIDOR_HOSTILE') ? HOSTILE : '');
    }
    function text($words)
    {
        return htmlspecialchars((string) $words, ENT_NOQUOTES);
    }
    function attr($words)
    {
        return htmlspecialchars((string) $words, ENT_QUOTES);
    }
    function xlt($words)
    {
        return text(xl($words));
    }

    /** One test's world: who is signed in, whose chart is open, what is set. */
    final class World
    {
        public static array $now = [];
        public static array $log = [];

        public static function of(array $more = []): void
        {
            self::$log = [];
            self::$now = array_replace_recursive([
                'globals' => [
                    'webroot' => '/openemr',
                    'corridor_enable' => '1',
                    'corridor_card_column' => 'primary',
                    'corridor_launcher_url' => 'https://corridor.example',
                    'corridor_client_id' => 'client-1',
                ],
                'session' => ['pid' => 7, 'authUser' => 'drjones', 'authProvider' => 'Default', 'key' => 'k1'],
                'may' => ['patients/med'],
                'patients' => [
                    7 => ['lname' => "O'Neil <b>\"", 'DOB' => '1950-01-02', 'uuid' => 'uuid-seven', 'squad' => ''],
                    8 => ['lname' => 'Sample', 'DOB' => '1961-02-02', 'uuid' => 'uuid-eight', 'squad' => 'first'],
                ],
                'client' => ['id' => 'client-1', 'enabled' => true, 'scopes' => ['launch'], 'launch' => 'https://corridor.example/launch'],
            ], $more);
            foreach (self::$now['globals'] as $name => $value) {
                $GLOBALS[$name] = $value;
            }
            $_SESSION = self::$now['session'];
        }
    }
}
