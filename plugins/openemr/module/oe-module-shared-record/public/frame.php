<?php

/** GET: the page of the tab the shared record stands in. No parameter is read. */

namespace Corridor\OpenEMR\SharedRecord;

require_once __DIR__ . '/../../../../globals.php';

Frame::answer(Settings::read(), basename(dirname(__DIR__)))->send();
