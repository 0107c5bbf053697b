/** What is said in a vendor's page and nowhere else: by a frame, and in the place of a part that could not be drawn. */
export type VendorWords = { readonly frame: string; readonly partFailed: string };

const EN: VendorWords = {
  frame: 'Shared record',
  partFailed: 'This part of the record could not be shown. What it holds may be missing from this page.',
};
const CY: VendorWords = {
  frame: 'Cofnod a rennir',
  partFailed: 'Ni fu modd dangos y rhan hon o’r cofnod. Gall yr hyn sydd ynddi fod ar goll o’r dudalen hon.',
};

export function vendorWords(language: string): VendorWords {
  return language.toLowerCase().startsWith('cy') ? CY : EN;
}
