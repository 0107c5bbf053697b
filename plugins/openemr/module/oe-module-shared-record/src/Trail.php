<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Common\Logging\EventAuditLogger;

/** OpenEMR's own log says who opened whose shared record; what they saw there stands in the launcher's. */
final class Trail
{
    public static function write(int $pid, bool $isOpened): void
    {
        $log = method_exists(EventAuditLogger::class, 'getInstance')
            ? EventAuditLogger::getInstance()
            : EventAuditLogger::instance();
        $log->newEvent(
            'patient-record-select',
            (string) (Chart::session('authUser') ?? ''),
            (string) (Chart::session('authProvider') ?? ''),
            $isOpened ? 1 : 0,
            $isOpened ? 'Shared record opened' : 'Shared record refused',
            $pid,
        );
    }
}
