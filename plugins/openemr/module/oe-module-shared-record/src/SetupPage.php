<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Common\Auth\OpenIDConnect\Repositories\ClientRepository;

/** Says what is missing, and changes nothing: the settings are OpenEMR's own, under Admin › Config. */
final class SetupPage
{
    public static function answer(mixed $isAdministrator, Settings $settings): Reply
    {
        if (!$isAdministrator) {
            return Reply::refused(403, xl('Only an administrator may see this.'));
        }
        $problems = $settings->problems();
        if ($problems === []) {
            $problems = self::clientProblems($settings);
        }
        $list = '';
        foreach ($problems as $problem) {
            $list .= '<li>' . text(xl($problem)) . '</li>';
        }
        $title = text(xl('Shared record'));
        $where = text(xl('The settings are under Admin, Config, Shared record.'));
        $body = "<!doctype html><title>$title</title><h1>$title</h1><p>$where</p>"
            . ($list === '' ? '<p>' . text(xl('Nothing is missing.')) . '</p>' : "<ul>$list</ul>");
        return Reply::page($body, ['Content-Security-Policy' => "default-src 'none'; frame-ancestors 'self'; base-uri 'none'"]);
    }

    /** @return string[] */
    private static function clientProblems(Settings $settings): array
    {
        $client = (new ClientRepository())->getClientEntity($settings->clientId());
        if (!$client) {
            return ['There is no API client of this id.'];
        }
        $problems = $client->isEnabled() ? [] : ['The API client is not enabled.'];
        if (!$client->hasScope('launch')) {
            $problems[] = 'The API client has no scope "launch".';
        }
        if (Place::origin((string) $client->getLaunchUri('')) !== $settings->launcherOrigin()) {
            $problems[] = 'The launch address of the API client is not at the launcher.';
        }
        return $problems;
    }
}
