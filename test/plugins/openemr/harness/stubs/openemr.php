<?php

/** As much of OpenEMR 7's and 8's classes as the module uses, by the names and signatures of their published sources. */

namespace Symfony\Component\EventDispatcher {
    interface EventDispatcherInterface
    {
        public function addListener(string $event, callable $listener, int $priority = 0);
    }
    class EventDispatcher implements EventDispatcherInterface
    {
        public array $listeners = [];
        public function addListener(string $event, callable $listener, int $priority = 0)
        {
            $this->listeners[$event][] = $listener;
        }
        public function dispatch(object $event, ?string $name = null): object
        {
            foreach ($this->listeners[$name] ?? [] as $listener) {
                $listener($event);
            }
            return $event;
        }
    }
}

namespace OpenEMR\Events\Core {
    class TwigEnvironmentEvent
    {
        const EVENT_CREATED = 'core.twig.environment.create';
        public function __construct(private $environment)
        {
        }
        public function getTwigEnvironment()
        {
            return $this->environment;
        }
    }
}

namespace OpenEMR\Events\Globals {
    class GlobalsInitializedEvent
    {
        const EVENT_HANDLE = 'globals.initialized';
        public function __construct(private $service)
        {
        }
        public function getGlobalsService()
        {
            return $this->service;
        }
    }
}

namespace OpenEMR\Services\Globals {
    class GlobalSetting
    {
        public function __construct(public $label, public $dataType, public $default, public $description, public $isUserSetting = false)
        {
        }
    }
    class GlobalsService
    {
        public array $sections = [];
        public function createSection($section, $beforeSection = false)
        {
            $this->sections[$section] = [];
        }
        public function appendToSection($section, $key, GlobalSetting $setting)
        {
            $this->sections[$section][$key] = $setting;
        }
    }
}

namespace OpenEMR\Events\Main\Tabs {
    class RenderEvent
    {
        const EVENT_BODY_RENDER_POST = 'main.body.render.post';
    }
}

namespace OpenEMR\Events\Patient\Summary\Card {
    class SectionEvent
    {
        const EVENT_HANDLE = 'section.render';
        public array $cards = [];
        public function __construct(private string $section)
        {
        }
        public function getSection(): string
        {
            return $this->section;
        }
        public function addCard($card, $position = null): void
        {
            $this->cards[] = $card;
        }
    }
    class CardModel
    {
        public function __construct(public array $opts)
        {
        }
        public function getAcl(): array
        {
            return $this->opts['acl'];
        }
        public function getTemplateFile(): string
        {
            return $this->opts['templateFile'];
        }
        public function getTemplateVariables(): array
        {
            return $this->opts['templateVariables'];
        }
    }
}

namespace OpenEMR\Common\Acl {
    class AclMain
    {
        public static function aclCheckCore($section, $value)
        {
            return in_array("$section/$value", \World::$now['may'], true);
        }
    }
}

namespace OpenEMR\Services {
    class PatientService
    {
        public function findByPid($pid)
        {
            return \World::$now['patients'][$pid] ?? [];
        }
        public function getUuid($pid)
        {
            return \World::$now['patients'][$pid]['uuid'] ?? false;
        }
    }
}

namespace OpenEMR\Common\Uuid {
    class UuidRegistry
    {
        public static function createMissingUuidsForTables(array $tables)
        {
        }
        public static function uuidToString($uuid)
        {
            return $uuid;
        }
    }
}

namespace OpenEMR\Common\Auth\OpenIDConnect\Repositories {
    class ClientRepository
    {
        public function getClientEntity($id)
        {
            $client = \World::$now['client'];
            return $client['id'] !== $id ? false : new class ($client) {
                public function __construct(private array $client)
                {
                }
                public function isEnabled(): bool
                {
                    return $this->client['enabled'];
                }
                public function hasScope($scope): bool
                {
                    return in_array($scope, $this->client['scopes'], true);
                }
                public function getLaunchUri($parameters = '')
                {
                    return $this->client['launch'] . $parameters;
                }
            };
        }
    }
}

namespace OpenEMR\FHIR\Config {
    class ServerConfig
    {
        public function getFhirUrl()
        {
            return 'https://openemr.example/openemr/apis/default/fhir';
        }
    }
}

namespace OpenEMR\FHIR\SMART {
    class SMARTLaunchToken
    {
        public const INTENT_PATIENT_DEMOGRAPHICS_DIALOG = 'patient.demographics.dialog';
        private $intent = '';
        public function __construct(private $patient = null, private $encounter = null)
        {
        }
        public function setIntent($intent): void
        {
            $this->intent = $intent;
        }
        /** OpenEMR encrypts it; here it is only made unreadable, with characters that an address must escape. */
        public function serialize()
        {
            return '006+/' . strrev(base64_encode(json_encode([$this->patient, $this->encounter, $this->intent])));
        }
    }
}
