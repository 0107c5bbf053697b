<?php

/** POST proof: from the summary of the patient who is open to the launcher, by OpenEMR's own SMART launch. */

namespace Corridor\OpenEMR\SharedRecord;

require_once __DIR__ . '/../../../../globals.php';

Launch::answer($_SERVER['REQUEST_METHOD'] ?? '', $_POST, Settings::read())->send();
