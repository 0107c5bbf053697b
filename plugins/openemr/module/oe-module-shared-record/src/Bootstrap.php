<?php

namespace Corridor\OpenEMR\SharedRecord;

use OpenEMR\Events\Core\TwigEnvironmentEvent;
use OpenEMR\Events\Globals\GlobalsInitializedEvent;
use OpenEMR\Events\Main\Tabs\RenderEvent;
use OpenEMR\Events\Patient\Summary\Card\SectionEvent;
use OpenEMR\Services\Globals\GlobalSetting;
use Symfony\Component\EventDispatcher\EventDispatcherInterface;
use Twig\Loader\FilesystemLoader;

/** What the module listens to. Until it is set up it listens to nothing but the page of settings. */
final class Bootstrap
{
    public function __construct(
        private readonly EventDispatcherInterface $dispatcher,
        private readonly string $folder,
    ) {
    }

    public function subscribe(): void
    {
        $this->dispatcher->addListener(GlobalsInitializedEvent::EVENT_HANDLE, [$this, 'addSettings']);
        if (Settings::read()->problems() !== []) {
            return;
        }
        $this->dispatcher->addListener(TwigEnvironmentEvent::EVENT_CREATED, [$this, 'addTemplates']);
        $this->dispatcher->addListener(SectionEvent::EVENT_HANDLE, [$this, 'addCard']);
        $this->dispatcher->addListener(RenderEvent::EVENT_BODY_RENDER_POST, [$this, 'watchTabs']);
    }

    public function addSettings(GlobalsInitializedEvent $event): void
    {
        $service = $event->getGlobalsService();
        foreach (Settings::SECTIONS as $title => $settings) {
            $section = xlt($title);
            $service->createSection($section, 'Portal');
            foreach ($settings as $name => $setting) {
                $service->appendToSection($section, $name, new GlobalSetting(
                    xlt($setting['title']),
                    $setting['type'],
                    $setting['default'],
                    xlt($setting['description']),
                    false,
                ));
            }
        }
    }

    public function addTemplates(TwigEnvironmentEvent $event): void
    {
        $loader = $event->getTwigEnvironment()->getLoader();
        if ($loader instanceof FilesystemLoader) {
            $loader->prependPath(dirname(__DIR__) . DIRECTORY_SEPARATOR . 'templates');
        }
    }

    public function addCard(SectionEvent $event): SectionEvent
    {
        $card = $event->getSection() === Settings::read()->column() ? (new Card($this->folder))->model() : null;
        if ($card !== null) {
            $event->addCard($card);
        }
        return $event;
    }

    /** In the page around all tabs: it is the one that knows when another patient is opened. */
    public function watchTabs(): void
    {
        echo '<script src="' . attr(Place::asset($this->folder, 'shell.js')) . '"></script>';
    }
}
