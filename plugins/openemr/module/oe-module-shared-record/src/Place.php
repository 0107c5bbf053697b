<?php

namespace Corridor\OpenEMR\SharedRecord;

/** Addresses of this module, and the origins of others'. */
final class Place
{
    public static function asset(string $folder, string $file): string
    {
        return self::of($folder, 'assets/' . $file);
    }

    public static function of(string $folder, string $file): string
    {
        return self::webRoot() . '/interface/modules/custom_modules/' . $folder . '/public/' . $file;
    }

    public static function webRoot(): string
    {
        return (string) (Settings::value('webroot') ?? '');
    }

    /** Scheme, host and port, in small letters; nothing for what no record may come from. */
    public static function origin(string $address): ?string
    {
        $found = preg_match('~^(https://[a-z0-9.-]+|http://(?:localhost|127\.0\.0\.1))(:[0-9]{1,5})?(?:[/?#]|$)~D', $address, $parts);
        return $found === 1 ? $parts[1] . ($parts[2] ?? '') : null;
    }
}
