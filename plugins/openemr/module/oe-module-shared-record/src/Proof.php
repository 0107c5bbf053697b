<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Common\Csrf\CsrfUtils;
use ReflectionMethod;

/**
 * OpenEMR's own CSRF token, made for one patient: whoever shows it has been on this patient's summary in this session. The
 * session's patient can be changed by another tab of the browser, and a button pressed on the first one's summary would
 * otherwise open the second one's record.
 */
final class Proof
{
    public static function make(int $pid): string
    {
        $given = ['subject' => 'corridor-shared-record-' . $pid, 'session' => Chart::wrapper()];
        // 7 asks for the subject alone; releases of 8 for both, in one order or the other. By their names they are the same.
        $asked = [];
        foreach ((new ReflectionMethod(CsrfUtils::class, 'collectCsrfToken'))->getParameters() as $parameter) {
            if (isset($given[$parameter->getName()])) {
                $asked[$parameter->getName()] = $given[$parameter->getName()];
            }
        }
        // Without a subject the token would be everybody's.
        $token = isset($asked['subject']) ? CsrfUtils::collectCsrfToken(...$asked) : '';
        return is_string($token) ? $token : '';
    }

    /** Compared here: what OpenEMR's own comparison returns or throws differs from one release to the next. */
    public static function holds(mixed $given, int $pid): bool
    {
        $wanted = self::make($pid);
        return is_string($given) && $wanted !== '' && hash_equals($wanted, $given);
    }
}
