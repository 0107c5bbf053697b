<?php

/** In the place of OpenEMR's interface/globals.php; a request of the harness says in a header what its world is like. */

require_once __DIR__ . '/functions.php';
require_once __DIR__ . '/openemr-' . (getenv('OPENEMR') ?: '8') . '.php';
require_once __DIR__ . '/openemr.php';

spl_autoload_register(function (string $class): void {
    $prefix = 'Corridor\\OpenEMR\\SharedRecord\\';
    if (str_starts_with($class, $prefix)) {
        require getenv('CORRIDOR_MODULE') . '/src/' . substr($class, strlen($prefix)) . '.php';
    }
});

World::of(json_decode($_SERVER['HTTP_X_WORLD'] ?? '{}', true));
