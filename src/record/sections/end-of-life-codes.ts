/**
 * Codes by which decisions for the end of life are told apart. SNOMED CT codes are those of the NHS Summary Care
 * Record inclusion set for resuscitation status and the record types of the NHS National Record Locator.
 */

/** Not for attempted CPR; not for resuscitation; do not resuscitate status with supporting documentation. */
export const DO_NOT_ATTEMPT_CPR = ['450476008', '304253006', '143021000119109'] as const;
/** For attempted CPR; for resuscitation. */
export const ATTEMPT_CPR = ['450475007', '304252001'] as const;
/** Observable: resuscitation status. The decision is in the value. */
export const RESUSCITATION_STATUS = '304251008';
/** Procedure: cardiopulmonary resuscitation, as permitted or denied by a Consent. */
export const CPR_PROCEDURE = ['89666000'] as const;
/** LOINC: cardiopulmonary resuscitation orders; do not resuscitate. The decision is in the value. */
export const RESUSCITATION_LOINC = ['100822-6', '81351-9'] as const;

/**
 * Record artifacts: end of life care coordination summary, ReSPECT form, treatment escalation plan, advance care plan,
 * end of life care plan. Emergency health care, crisis and contingency plans are plans, not decisions of this kind.
 */
export const PLAN_DOCUMENTS = ['861421000000109', '1382601000000107', '735324008', '736366004', '736373009'] as const;

/** HL7 consentcategorycodes: advance care directive, do not resuscitate, health care directive, POLST. */
export const AD_CONSENT_CATEGORIES: readonly string[] = ['acd', 'dnr', 'hcd', 'polst'];

export const ADVANCE_DECISION_WORDS =
  /\b(advance decision|advance directive|advance care directive|adrt|living will|lasting power of attorney|lpa for health|treatment escalation|advance statement|respect form|preferred place of (death|care))\b/;
