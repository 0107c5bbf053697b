<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Common\Auth\OpenIDConnect\Repositories\ClientRepository;
use OpenEMR\Common\Uuid\UuidRegistry;
use OpenEMR\FHIR\Config\ServerConfig;
use OpenEMR\FHIR\SMART\SMARTLaunchToken;
use OpenEMR\Services\PatientService;

/**
 * SMART EHR launch by OpenEMR's own token and for its own client: there is no second way of saying who the patient is.
 * OpenEMR's button does the same for whoever the session has open by then; this one only for the patient whose summary
 * the button stood on.
 */
final class Launch
{
    /** @param array<string, mixed> $form */
    public static function answer(string $method, array $form, Settings $settings): Reply
    {
        if ($method !== 'POST') {
            return Reply::refused(405, xl('The shared record is opened from the patient summary.'));
        }
        if ($settings->problems() !== []) {
            return Reply::refused(409, xl('The shared record is not set up. Tell your administrator.'));
        }
        $chart = Chart::open();
        if ($chart === null) {
            return Reply::refused(403, xl('No patient is open that you may see.'));
        }
        if (!Proof::holds($form['proof'] ?? null, $chart->pid)) {
            Trail::write($chart->pid, false);
            return Reply::refused(403, xl('Another patient has been opened since. Open the summary again, and check the name.'));
        }
        $address = self::address($chart->pid, $settings);
        Trail::write($chart->pid, $address !== null);
        return $address === null
            ? Reply::refused(409, xl('The shared record is not set up. Tell your administrator.'))
            : Reply::see($address);
    }

    private static function address(int $pid, Settings $settings): ?string
    {
        $client = (new ClientRepository())->getClientEntity($settings->clientId());
        if (!$client || !$client->isEnabled() || !$client->hasScope('launch')) {
            return null;
        }
        UuidRegistry::createMissingUuidsForTables(['patient_data']);
        $patient = (new PatientService())->getUuid($pid);
        $issuer = (new ServerConfig())->getFhirUrl();
        $launchAt = (string) $client->getLaunchUri('');
        // A client that was registered with another address would be handed the patient; this one's is not.
        if (!$patient || !$issuer || Place::origin($launchAt) !== $settings->launcherOrigin()) {
            return null;
        }
        $token = new SMARTLaunchToken(UuidRegistry::uuidToString($patient), null);
        $token->setIntent(SMARTLaunchToken::INTENT_PATIENT_DEMOGRAPHICS_DIALOG);
        $asked = http_build_query(['launch' => $token->serialize(), 'iss' => $issuer, 'aud' => $issuer]);
        return $client->getLaunchUri((str_contains($launchAt, '?') ? '&' : '?') . $asked);
    }
}
