<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\FHIR\Config\ServerConfig;

/**
 * The page of the tab. It names nobody and opens nothing by itself: the window around it hands it what the summary's button
 * gave, in memory, and it posts that to the launch. So an address of it that is kept, sent or framed shows no record.
 */
final class Frame
{
    public static function answer(Settings $settings, string $folder): Reply
    {
        $launcher = $settings->launcherOrigin();
        if ($settings->problems() !== [] || $launcher === null) {
            return Reply::refused(409, xl('The shared record is not set up. Tell your administrator.'));
        }
        if (Chart::open() === null) {
            return Reply::refused(403, xl('No patient is open that you may see.'));
        }
        $issuer = Place::origin((string) (new ServerConfig())->getFhirUrl());
        $framed = implode(' ', array_unique(array_filter(["'self'", $launcher, $issuer])));
        $policy = [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            'frame-src ' . $framed,
            'form-action ' . $framed,
            "frame-ancestors 'self'",
            "base-uri 'none'",
        ];
        return Reply::page(self::html($launcher, $folder), ['Content-Security-Policy' => implode('; ', $policy)]);
    }

    private static function html(string $launcher, string $folder): string
    {
        $title = xl('Shared record');
        $words = [
            'moved' => xl('The chart has moved on, so the shared record was closed. Open it from the summary of the patient who is open now.'),
            'unasked' => xl('The shared record is opened from the patient summary.'),
            'done' => xl('The shared record was closed.'),
        ];
        $said = '';
        foreach ($words as $name => $word) {
            $said .= ' data-' . $name . '="' . attr($word) . '"';
        }
        return '<!doctype html><html><head><meta charset="utf-8"><title>' . text($title) . '</title>'
            . '<link rel="stylesheet" href="' . attr(Place::asset($folder, 'frame.css')) . '"></head>'
            . '<body data-launcher="' . attr($launcher) . '" data-webroot="' . attr(Place::webRoot()) . '"' . $said . '>'
            . '<p role="status" hidden></p>'
            . '<form method="post" action="' . attr(Place::of($folder, 'launch.php')) . '" target="corridor-record">'
            . '<input type="hidden" name="proof"></form>'
            . '<iframe name="corridor-record" title="' . attr($title) . '" referrerpolicy="no-referrer" allow=""'
            . ' sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads allow-modals"></iframe>'
            . '<script src="' . attr(Place::asset($folder, 'frame.js')) . '"></script></body></html>';
    }
}
