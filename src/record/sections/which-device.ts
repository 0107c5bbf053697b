import { hasCode, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import { deviceName } from './device-name.ts';
import { isSocialCare } from './which-section.ts';

/** SNOMED CT: cardiac pacemaker, implantable defibrillator. Whatever their display says. */
const IMPLANTS = ['14106009', '72506001'];

/** Things of the house and of daily living, as against what is in the body or keeps it going. */
const EQUIPMENT_WORDS =
  /\b(seats?|chairs?|wheelchairs?|rails?|hoists?|slings?|commodes?|beds?|mattress(es)?|cushions?|frames?|rollators?|crutch(es)?|walking (stick|aid)s?|ramps?|stair ?lifts?|key ?safes?|pendants?|alarms?|telecare|bath(ing)? (board|lift|step)s?|steps?|stools?|trolleys?|adaptations?|wet ?rooms?|showers?|door (entry|widening)|perching|tables?|lifts?|sensors? mat|falls? detectors?|urinals?|bottles?|kettle tippers?|cutlery)\b/;
const MEDICAL_WORDS =
  /\b(pacemakers?|defibrillators?|icds?|crt-?[dp]|loop recorders?|implant\w*|stents?|prosthe\w+|valves?|shunts?|catheters?|picc|hickman|portacath|ports?|pumps?|cpap|bipap|niv|ventilators?|concentrators?|nebulisers?|oxygen|insulin pens?|glucose (sensor|monitor)s?|cgm|coils?|iuds?|stomas?|gastrostom\w+|peg|tracheostom\w+|cochlear|hearing aids?|grafts?|stimulators?|dialysis|fistulas?|pessar(y|ies)|devices?)\b/;

/**
 * Whether a Device, or a statement of its use, is of a medical device (PRSB: medications and medical devices) rather
 * than of equipment and adaptations. An order for a device is no device yet. Order of belief: what the council provides
 * is equipment; a code; a unique device identifier; words. What no rule knows is a medical device: the heading read
 * before a scan or an operation is the one that must not lack it.
 */
export function isMedicalDevice(resource: Resource, context: ReadContext): boolean {
  if (resource.resourceType === 'DeviceRequest') return false;
  if (isSocialCare(resource)) return false;
  const name = deviceName(resource, context);
  const device =
    resource.resourceType === 'Device' ? resource : context.resolve(asObject(resource['device']), resource);
  if (hasCode(name, SNOMED, IMPLANTS) || asObjects(device?.['udiCarrier']).length > 0) return true;
  const words = wordsOf(name);
  return MEDICAL_WORDS.test(words) || !EQUIPMENT_WORDS.test(words);
}

function wordsOf(name: Coded | undefined): string {
  const displays = name?.codings.flatMap(({ display }) => display ?? []) ?? [];
  return normaliseWords([name?.text ?? '', ...displays].join(' ; '));
}
