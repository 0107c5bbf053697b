<?php

/** What the module does inside OpenEMR's process: `php cases.php`, one line for each case (Test Anything Protocol). */

use Corridor\OpenEMR\SharedRecord\Bootstrap;
use Corridor\OpenEMR\SharedRecord\Launch;
use Corridor\OpenEMR\SharedRecord\Proof;
use Corridor\OpenEMR\SharedRecord\Settings;
use Corridor\OpenEMR\SharedRecord\SetupPage;
use OpenEMR\Events\Core\TwigEnvironmentEvent;
use OpenEMR\Events\Globals\GlobalsInitializedEvent;
use OpenEMR\Events\Main\Tabs\RenderEvent;
use OpenEMR\Events\Patient\Summary\Card\SectionEvent;
use OpenEMR\Services\Globals\GlobalsService;
use Symfony\Component\EventDispatcher\EventDispatcher;

require __DIR__ . '/stubs/globals.php';
require '/usr/share/php/Twig/autoload.php';

set_error_handler(fn ($_level, $what, $file, $line) => throw new ErrorException($what, 0, 0, $file, $line));

function it(string $does, callable $case): void
{
    static $count = 0;
    $count++;
    try {
        World::of();
        $case();
        echo "ok $count - $does\n";
    } catch (Throwable $fault) {
        echo "not ok $count - $does\n  # " . str_replace("\n", ' ', $fault->getMessage()) . ' ' . $fault->getLine() . "\n";
    }
}

function same(mixed $is, mixed $wanted): void
{
    if ($is !== $wanted) {
        throw new Exception('is ' . json_encode($is) . ', wanted ' . json_encode($wanted));
    }
}

/** The module as OpenEMR loads it, in the world as it is now. */
function loaded(): EventDispatcher
{
    $eventDispatcher = new EventDispatcher();
    $classLoader = new class {
        public function registerNamespaceIfNotExists($namespace, $path)
        {
            same([$namespace, is_dir($path)], ['Corridor\\OpenEMR\\SharedRecord\\', true]);
        }
    };
    require getenv('CORRIDOR_MODULE') . '/openemr.bootstrap.php';
    return $eventDispatcher;
}

function cards(string $section = 'primary'): array
{
    return loaded()->dispatch(new SectionEvent($section), SectionEvent::EVENT_HANDLE)->cards;
}

/** By Twig itself, set up as OpenEMR does: nothing is escaped unless the template says so. */
function drawn(): string
{
    $twig = new Twig\Environment(new Twig\Loader\FilesystemLoader(__DIR__ . '/templates'), ['autoescape' => false, 'strict_variables' => true]);
    foreach (['text', 'attr', 'xlt'] as $filter) {
        $twig->addFilter(new Twig\TwigFilter($filter, $filter));
    }
    $dispatcher = loaded();
    $dispatcher->dispatch(new TwigEnvironmentEvent($twig), TwigEnvironmentEvent::EVENT_CREATED);
    [$card] = $dispatcher->dispatch(new SectionEvent('primary'), SectionEvent::EVENT_HANDLE)->cards;
    return $twig->render($card->getTemplateFile(), $card->getTemplateVariables());
}

foreach (
    [
        'switched off' => ['corridor_enable' => '0'],
        'without a launcher' => ['corridor_launcher_url' => ''],
        'with a launcher over http' => ['corridor_launcher_url' => 'http://corridor.example'],
        'with a path in the launcher’s address' => ['corridor_launcher_url' => 'https://corridor.example/launch'],
        'with quotes in the launcher’s address' => ['corridor_launcher_url' => 'https://corridor.example"><script>'],
        'without a client' => ['corridor_client_id' => ''],
        'with a client id of other characters' => ['corridor_client_id' => "a' b"],
    ] as $how => $globals
) {
    it("$how it offers its settings and does nothing else", function () use ($globals) {
        World::of(['globals' => $globals]);
        same(array_keys(loaded()->listeners), [GlobalsInitializedEvent::EVENT_HANDLE]);
    });
}

it('adds no card for a user who may not see the medical record', function () {
    World::$now['may'] = ['patients/demo'];
    same(cards(), []);
});
it('adds no card when nobody is open', function () {
    World::of(['session' => ['pid' => 0]]);
    same(cards(), []);
});
it('adds no card for a patient it cannot find', function () {
    World::of(['session' => ['pid' => 99]]);
    same(cards(), []);
});
it('adds no card for a patient of a squad this user may not see', function () {
    World::of(['session' => ['pid' => 8]]);
    same(cards(), []);
    World::$now['may'][] = 'squads/first';
    same(count(cards()), 1);
});
it('adds its card once, in the column that is set, with the access it asks for', function () {
    same([count(cards()), cards('secondary')], [1, []]);
    same(cards()[0]->getAcl(), ['patients', 'med']);
    World::of(['globals' => ['corridor_card_column' => 'secondary']]);
    same([cards(), count(cards('secondary'))], [[], 1]);
});
it('escapes everything on the card, names and translations alike', function () {
    putenv('CORRIDOR_HOSTILE=1');
    $html = drawn();
    putenv('CORRIDOR_HOSTILE');
    same(preg_match('~<(?!/?(?:section|p|button|script)\b)~', $html), 0);
    same(str_contains($html, 'data-family="O&#039;Neil &lt;b&gt;&quot;"'), true);
    same(substr_count($html, '&lt;i&gt;'), 3);
});
it('puts no patient, and no proof, into an address of the card', function () {
    preg_match_all('~(?:src|href|action|data-address)="([^"]*)"~', drawn(), $found);
    same($found[1], [
        '/openemr/interface/modules/custom_modules/oe-module-shared-record/public/frame.php',
        '/openemr/interface/modules/custom_modules/oe-module-shared-record/public/assets/card.js',
    ]);
});
it('makes a proof that is of one session and one patient', function () {
    $seven = Proof::make(7);
    same([Proof::holds($seven, 7), Proof::holds($seven, 8), Proof::holds('', 7), Proof::holds(null, 7), Proof::holds([$seven], 7)], [true, false, false, false, false]);
    World::of(['session' => ['key' => 'k2']]);
    same(Proof::holds($seven, 7), false);
});
it('launches nobody by the proof of a patient who was open before, and writes that down', function () {
    $proof = Proof::make(7);
    World::of(['session' => ['pid' => 8], 'may' => ['patients/med', 'squads/first']]);
    $reply = Launch::answer('POST', ['proof' => $proof], Settings::read());
    same([$reply->status, isset($reply->headers['Location'])], [403, false]);
    same(World::$log, [['patient-record-select', 'drjones', 0, 'Shared record refused', 8]]);
});
foreach (
    [
        'is not there' => ['id' => 'client-2'],
        'is not enabled' => ['enabled' => false],
        'is registered elsewhere' => ['launch' => 'https://elsewhere.example/launch'],
        'is registered at a host that only begins the same' => ['launch' => 'https://corridor.example.evil.example/launch'],
    ] as $what => $client
) {
    it("launches nobody where the client $what", function () use ($client) {
        World::of(['client' => $client]);
        $reply = Launch::answer('POST', ['proof' => Proof::make(7)], Settings::read());
        same([$reply->status, isset($reply->headers['Location'])], [409, false]);
        same(World::$log[0][2], 0);
    });
}
it('launches nobody where the client has no scope to be launched', function () {
    World::$now['client']['scopes'] = ['openid'];
    same(Launch::answer('POST', ['proof' => Proof::make(7)], Settings::read())->status, 409);
});
it('launches the patient who is open, by OpenEMR’s own token, and writes it down', function () {
    $reply = Launch::answer('POST', ['proof' => Proof::make(7)], Settings::read());
    same($reply->status, 303);
    [$where, $query] = explode('?', $reply->headers['Location'], 2);
    parse_str($query, $asked);
    same([$where, array_keys($asked), $asked['iss']], ['https://corridor.example/launch', ['launch', 'iss', 'aud'], 'https://openemr.example/openemr/apis/default/fhir']);
    $said = json_decode(base64_decode(strrev(substr($asked['launch'], 5))), true);
    same($said, ['uuid-seven', null, 'patient.demographics.dialog']);
    same(World::$log, [['patient-record-select', 'drjones', 1, 'Shared record opened', 7]]);
});
it('offers its settings in sections, escaped', function () {
    putenv('CORRIDOR_HOSTILE=1');
    $service = new GlobalsService();
    loaded()->dispatch(new GlobalsInitializedEvent($service), GlobalsInitializedEvent::EVENT_HANDLE);
    putenv('CORRIDOR_HOSTILE');
    same(array_map('count', array_values($service->sections)), [2, 2]);
    foreach ($service->sections as $title => $settings) {
        same(str_contains($title, '<'), false);
        foreach ($settings as $name => $setting) {
            same([str_starts_with($name, 'corridor_'), str_contains($setting->label . $setting->description, '<'), $setting->isUserSetting], [true, false, false]);
        }
    }
});
it('watches the tabs from the page around them', function () {
    ob_start();
    loaded()->dispatch(new stdClass(), RenderEvent::EVENT_BODY_RENDER_POST);
    same(ob_get_clean(), '<script src="/openemr/interface/modules/custom_modules/oe-module-shared-record/public/assets/shell.js"></script>');
});
it('tells an administrator what is missing, and nobody else', function () {
    same(SetupPage::answer(false, Settings::read())->status, 403);
    same(str_contains(SetupPage::answer(true, Settings::read())->body, 'Nothing is missing.'), true);
    World::of(['client' => ['enabled' => false, 'launch' => 'https://elsewhere.example/']]);
    $said = SetupPage::answer(true, Settings::read())->body;
    same([substr_count($said, '<li>'), str_contains($said, 'not enabled')], [2, true]);
});
