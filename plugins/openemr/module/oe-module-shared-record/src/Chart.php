<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Common\Acl\AclMain;
use OpenEMR\Common\Session\SessionWrapperFactory;
use OpenEMR\Services\PatientService;

/** The chart of this session: who is open, and whether this user may see it. */
final class Chart
{
    /** @param array<string, mixed> $patient */
    private function __construct(public readonly int $pid, private readonly array $patient)
    {
    }

    /** Nobody open, or nobody this user may see: nothing. */
    public static function open(): ?self
    {
        $pid = (int) (self::session('pid') ?? 0);
        if ($pid <= 0 || !AclMain::aclCheckCore('patients', 'med')) {
            return null;
        }
        $patient = (new PatientService())->findByPid($pid);
        if (!is_array($patient) || $patient === []) {
            return null;
        }
        // A patient of a squad is shown to who may see that squad, as the summary itself has it.
        $squad = (string) ($patient['squad'] ?? '');
        return $squad !== '' && !AclMain::aclCheckCore('squads', $squad) ? null : new self($pid, $patient);
    }

    /** For the record to be held against; with a name or a date missing nothing is compared. */
    public function family(): string
    {
        return (string) ($this->patient['lname'] ?? '');
    }

    public function born(): string
    {
        $born = substr((string) ($this->patient['DOB'] ?? ''), 0, 10);
        return preg_match('/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/D', $born) === 1 && $born !== '0000-00-00' ? $born : '';
    }

    /** OpenEMR 8 wraps the session (8.0 and 8.2 by different names); in 7 it is the array. */
    public static function session(string $name): mixed
    {
        $session = self::wrapper();
        return $session === null ? $_SESSION[$name] ?? null : $session->get($name);
    }

    public static function wrapper(): ?object
    {
        if (!class_exists(SessionWrapperFactory::class)) {
            return null;
        }
        $factory = SessionWrapperFactory::getInstance();
        return method_exists($factory, 'getActiveSession') ? $factory->getActiveSession() : $factory->getWrapper();
    }
}
