<?php

namespace Corridor\OpenEMR\SharedRecord;

/** An answer of a page of this module, as a value: it can be looked at before it is sent. */
final class Reply
{
    private const ALWAYS = [
        'Cache-Control' => 'no-store',
        'Referrer-Policy' => 'no-referrer',
        'X-Content-Type-Options' => 'nosniff',
    ];

    /** @param array<string, string> $headers */
    private function __construct(
        public readonly int $status,
        public readonly array $headers,
        public readonly string $body,
    ) {
    }

    /** @param array<string, string> $headers */
    public static function page(string $body, array $headers): self
    {
        return new self(200, $headers + ['Content-Type' => 'text/html; charset=utf-8'] + self::ALWAYS, $body);
    }

    public static function see(string $address): self
    {
        return new self(303, ['Location' => $address] + self::ALWAYS, '');
    }

    public static function refused(int $status, string $why): self
    {
        $policy = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'";
        $headers = ['Content-Type' => 'text/html; charset=utf-8', 'Content-Security-Policy' => $policy];
        $title = text(xl('Shared record'));
        $body = "<!doctype html><title>$title</title><p role=\"alert\">" . text($why) . '</p>';
        return new self($status, $headers + self::ALWAYS, $body);
    }

    public function send(): void
    {
        http_response_code($this->status);
        foreach ($this->headers as $name => $value) {
            header($name . ': ' . $value);
        }
        echo $this->body;
    }
}
