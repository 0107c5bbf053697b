<?php

/**
 * OpenEMR loads this file of every enabled module, with its class loader and its event dispatcher in scope.
 *
 * @global OpenEMR\Core\ModulesClassLoader $classLoader
 * @global Symfony\Component\EventDispatcher\EventDispatcherInterface $eventDispatcher
 */

namespace Corridor\OpenEMR\SharedRecord;

$classLoader->registerNamespaceIfNotExists('Corridor\\OpenEMR\\SharedRecord\\', __DIR__ . DIRECTORY_SEPARATOR . 'src');

(new Bootstrap($eventDispatcher, basename(__DIR__)))->subscribe();
