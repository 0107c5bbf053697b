<?php

/** The page behind the module's gear in the module manager: what is set, and what is missing. */

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Common\Acl\AclMain;

require_once __DIR__ . '/../../../globals.php';

SetupPage::answer(AclMain::aclCheckCore('admin', 'super'), Settings::read())->send();
