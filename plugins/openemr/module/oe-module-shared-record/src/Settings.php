<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Core\OEGlobalsBag;

/** What an administrator sets under Admin, Config, Shared record. */
final class Settings
{
    private const CARD = [
        'corridor_enable' => [
            'title' => 'Show the shared record',
            'type' => 'bool',
            'default' => '0',
            'description' => 'Adds a card to the patient summary. It needs the two settings of the connection as well.',
        ],
        'corridor_card_column' => [
            'title' => 'Where the card stands',
            'type' => ['primary' => 'Wide column', 'secondary' => 'Narrow column'],
            'default' => 'primary',
            'description' => 'The column of the patient summary.',
        ],
    ];
    private const CONNECTION = [
        'corridor_launcher_url' => [
            'title' => 'Address of the launcher',
            'type' => 'text',
            'default' => '',
            'description' => 'https and a host, nothing more. Only an app whose launch address is there is opened.',
        ],
        'corridor_client_id' => [
            'title' => 'Client id',
            'type' => 'text',
            'default' => '',
            'description' => 'Of the launcher, as registered under Admin, System, API Clients.',
        ],
    ];
    public const SECTIONS = ['Shared record' => self::CARD, 'Shared record: connection' => self::CONNECTION];

    /** @param array<string, string> $values */
    private function __construct(private readonly array $values)
    {
    }

    public static function read(): self
    {
        $values = [];
        foreach (self::CARD + self::CONNECTION as $name => $setting) {
            $values[$name] = trim((string) (self::value($name) ?? $setting['default']));
        }
        return new self($values);
    }

    /** OpenEMR 8 keeps its globals in a bag, which in some releases does not know what only the array has; 7 has the array. */
    public static function value(string $name): mixed
    {
        $kept = class_exists(OEGlobalsBag::class) ? OEGlobalsBag::getInstance()->get($name) : null;
        return $kept ?? $GLOBALS[$name] ?? null;
    }

    /** @return string[] What is missing, in words for who sets it up. */
    public function problems(): array
    {
        $problems = [];
        if (!filter_var($this->values['corridor_enable'], FILTER_VALIDATE_BOOLEAN)) {
            $problems[] = 'The shared record is not switched on.';
        }
        if ($this->launcherOrigin() === null) {
            $problems[] = 'The address of the launcher is not an https origin.';
        }
        if (preg_match('/^[A-Za-z0-9._~:-]{1,200}$/D', $this->clientId()) !== 1) {
            $problems[] = 'The client id is missing or has characters that none has.';
        }
        return $problems;
    }

    public function column(): string
    {
        return $this->values['corridor_card_column'] === 'secondary' ? 'secondary' : 'primary';
    }

    public function clientId(): string
    {
        return $this->values['corridor_client_id'];
    }

    /** https; or http on this machine, for trying it out. */
    public function launcherOrigin(): ?string
    {
        $given = rtrim($this->values['corridor_launcher_url'], '/');
        return Place::origin($given) === $given ? $given : null;
    }
}
