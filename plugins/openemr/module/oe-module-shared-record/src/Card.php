<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Events\Patient\Summary\Card\CardModel;

/** The card of the patient summary: a button, and what the button hands to the tab. */
final class Card
{
    public function __construct(private readonly string $folder)
    {
    }

    public function model(): ?CardModel
    {
        $chart = Chart::open();
        $proof = $chart === null ? '' : Proof::make($chart->pid);
        if ($chart === null || $proof === '') {
            return null;
        }
        return new CardModel([
            'acl' => ['patients', 'med'],
            'initiallyCollapsed' => false,
            'add' => false,
            'edit' => false,
            'collapse' => true,
            'templateFile' => 'corridor/card.html.twig',
            'identifier' => 'corridor_shared_record',
            'title' => xl('Shared record'),
            'templateVariables' => [
                'explained' => xl('What other organisations hold about this patient.'),
                'label' => xl('Open the shared record'),
                'unwatched' => xl('Open the patient from the main window, and try again.'),
                'proof' => $proof,
                'patient' => (string) $chart->pid,
                'family' => $chart->family(),
                'born' => $chart->born(),
                'address' => Place::of($this->folder, 'frame.php'),
                'script' => Place::asset($this->folder, 'card.js'),
            ],
        ]);
    }
}
