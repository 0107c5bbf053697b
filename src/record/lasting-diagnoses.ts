import { normaliseWords, type Coded } from './fhir/coding.ts';

/**
 * Diagnoses that decide what is done for somebody today although they are in remission, inactive or long over: they stand
 * at once among the problems and never wait behind "show past". A row is a rule of ours with its clinical reason; it changes
 * no status, and the line says as it is recorded that it is past. A clinician must sign the list off (docs/safety.md).
 * Told by words, which every code carries in its display, and by ICD-10 chapters where those are sent.
 */
type LastingDiagnosis = {
  readonly id: string;
  readonly words: RegExp;
  readonly icd10?: RegExp;
  /** Also where the source says that it is resolved: what cannot be undone. Else only in remission or inactive. */
  readonly evenResolved: boolean;
  readonly reason: string;
  readonly source: string;
};

export const LASTING_DIAGNOSES: readonly LastingDiagnosis[] = [
  {
    id: 'cancer',
    words:
      /\b((?<!non[- ]?)(cancers?|malignan\w+)|carcinoma\w*|adenocarcinoma\w*|leuka?emia\w*|lymphoma\w*|myeloma\w*|melanoma\w*|sarcoma\w*|glioma\w*|glioblastoma\w*|neuroblastoma\w*|mesothelioma\w*|metasta\w+|hodgkin\S*)\b/,
    icd10: /^C\d\d/,
    evenResolved: true,
    reason: 'It may have come back, its treatment has late effects, and some of that treatment may not be given twice.',
    source: 'NICE NG12 Suspected cancer; Macmillan and NHS England: treatment summary and cancer care review',
  },
  {
    id: 'transplant',
    words: /\b(transplant(ed|ation)?|transplant recipient)\b/,
    icd10: /^Z94/,
    evenResolved: true,
    reason: 'Immunosuppression: infection runs another course, and live vaccines and many medicines may harm.',
    source: 'UKHSA Green Book, chapters 6 and 7; BNF, immunosuppressants',
  },
  {
    id: 'no-spleen',
    words: /\b(asplenia|asplenic|splenectomy|absence of spleen|hyposplenism|functional asplenia)\b/,
    evenResolved: true,
    reason: 'A fever may be sepsis within hours; vaccines and antibiotics are for life.',
    source: 'UKHSA Green Book, chapter 7; British Society for Haematology, 2011',
  },
  {
    id: 'myocardial-infarction',
    words: /\b(myocardial infarction|stemi|nstemi|heart attack|acute coronary syndrome)\b/,
    icd10: /^I2[123]|^I25\.2/,
    evenResolved: true,
    reason: 'Secondary prevention is for life, and it changes how chest pain and an anaesthetic are judged.',
    source: 'NICE NG185 Acute coronary syndromes, 1.4 to 1.7',
  },
  {
    id: 'stroke',
    words:
      /\b((?<!heat )stroke|transient ischa?emic attack|tia|cerebral infarction|cerebrovascular accident|(intracerebral|subarachnoid|subdural|intracranial) ha?emorrhage)\b/,
    icd10: /^I6[0-4]|^G45/,
    evenResolved: true,
    reason: 'It bars thrombolysis and anticoagulation for a time, or for good, and secondary prevention is for life.',
    source: 'National clinical guideline for stroke for the UK and Ireland, 2023; NICE NG128',
  },
  {
    id: 'venous-thromboembolism',
    words: /\b(pulmonary embol\w+|deep (vein|venous) thrombosis|dvt|venous thromboembolism)\b/,
    icd10: /^I26|^I80\.[12]/,
    evenResolved: true,
    reason: 'Another one is likely in hospital, in pregnancy and on hormones.',
    source: 'NICE NG89 and NG158 Venous thromboembolism',
  },
  {
    id: 'psychosis',
    words: /\b(schizophreni\w+|schizoaffective|psychosis|psychotic|bipolar|mania|manic)\b/,
    icd10: /^F2\d|^F3[01]/,
    evenResolved: false,
    reason: 'Remission is kept by treatment, and a relapse, in pregnancy or on steroids, is a danger to life.',
    source: 'NICE CG178 Psychosis and schizophrenia; NICE CG185 Bipolar disorder; NICE CG192',
  },
  {
    id: 'epilepsy',
    words: /\b(epilep\w+|status epilepticus)\b/,
    icd10: /^G4[01]/,
    evenResolved: false,
    reason: 'Without seizures because of treatment, which several medicines undo; it decides about driving.',
    source: 'NICE NG217 Epilepsies; DVLA: Assessing fitness to drive',
  },
  {
    id: 'addiction',
    words:
      /\b((alcohol|opioid|opiate|drug|substance|cocaine|heroin|benzodiazepine) (dependen\w+|use disorder|addiction)|alcoholism)\b/,
    icd10: /^F1\d\.2/,
    evenResolved: false,
    reason: 'An opioid, a benzodiazepine or an elixir may bring it back, and lost tolerance may kill.',
    source: 'Drug misuse and dependence: UK guidelines on clinical management, 2017',
  },
  {
    id: 'heart-failure',
    words: /\b(heart failure|cardiac failure|cardiomyopathy|left ventricular systolic dysfunction)\b/,
    icd10: /^I50|^I42/,
    evenResolved: false,
    reason: 'Recovered on treatment is not cured: stopping it, fluids and some medicines bring it back.',
    source: 'NICE NG106 Chronic heart failure; ESC guideline on heart failure, 2021 (improved ejection fraction)',
  },
  {
    id: 'latent-infection',
    words:
      /\b(tuberculosis(?! contact)|hepatitis [bc](?!( surface)?( virus)?( antigen| antibody)? (negative|not detected|immune)\b)|hiv(?! negative))\b/,
    icd10: /^A1[5-9]|^B1[678]|^B2[0-4]/,
    evenResolved: false,
    reason: 'It may wake under immunosuppression, and treatment given before limits what may be given again.',
    source: 'NICE NG33 Tuberculosis; BNF, immunosuppressants: screening before treatment',
  },
];

/**
 * Words that name the thing and say that it is another's, was looked for, or is harmless. What classifications say of a
 * diagnosis that is made ("Stroke, not specified as haemorrhage or infarction", "not having achieved remission") denies
 * nothing, and whoever carries hepatitis has it.
 */
const NOT_SO =
  /\b(benign|screening|screened|family history|fh|fear of|worried|risk of|at risk|suspected|query|exclu\w+|no evidence|not(?! (otherwise|elsewhere|specified|known|stated|classified|intractable|having achieved remission|confirmed (bacteriologically|histologically)))|vaccin\w+|immuni[sz]ation|donor|(?<!hepatitis [bc] (virus )?)carrier|leaflet|counselling|contact with|exposure to|ruled[- ]out)\b/;

/** The rule by which a diagnosis that its source calls by this status is shown at once, if any. */
export function lastingDiagnosis(problem: Coded, status: string | undefined): string | undefined {
  const words = [problem.text, ...problem.codings.flatMap(({ display }) => display ?? [])].map(normaliseWords);
  if (words.some((text) => NOT_SO.test(text))) return undefined;
  const open = status === 'remission' || status === 'inactive';
  const icd10 = problem.codings.flatMap(({ system, code }) =>
    code !== undefined && /icd-?10/i.test(system ?? '') ? [code] : [],
  );
  return LASTING_DIAGNOSES.find(
    (rule) =>
      (open || rule.evenResolved) &&
      (words.some((text) => rule.words.test(text)) || icd10.some((code) => rule.icd10?.test(code))),
  )?.id;
}
