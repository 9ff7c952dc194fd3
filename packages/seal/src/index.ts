export { type ByteRange, isSlotOf, type SignatureSlot } from './append/signature-slot.ts';
export type { DigestStream, DocumentDigest, StartDigest } from './cms/document-digest.ts';
export { signingAlgorithm } from './cms/signing-key.ts';
export { SEAL_ERRORS, type SealErrorCode } from './errors.ts';
export type { OfdBox } from './ofd/box.ts';
export type { OfdDocument, OfdPage } from './ofd/document.ts';
export { DEFAULT_OFD_LIMITS, type OfdLimits } from './ofd/limits.ts';
export { type OfdPackage, openOfdPackage } from './ofd/package.ts';
export { OFD_REASONS, type OfdReason } from './ofd/reasons.ts';
export type { OfdReferenceStatus } from './ofd/references.ts';
export type { OfdOptions, OfdReport, OfdSignatureJudgement, OfdStamp } from './ofd/report.ts';
export type { OfdFinding, OfdStep, OfdVerdict } from './ofd/verdict.ts';
export { verifyOfd } from './ofd/verify-ofd.ts';
export { certificationOf, type DocMdpLevel } from './pades/certification.ts';
export { completeSignature, type SignatureValue } from './pades/complete-signature.ts';
export {
  completeDocumentTimeStamp,
  type DocumentTimeStampSpec,
  prepareDocumentTimeStamp,
} from './pades/document-time-stamp.ts';
export {
  isOnPage,
  type PageGeometry,
  type ShownBox,
  shownSize,
  shownToPage,
  type ViewportBox,
  viewportToShown,
} from './pades/page-geometry.ts';
export { prepareSignature, type SignatureSpec } from './pades/prepare-signature.ts';
export {
  type PreparedSignature,
  type PreparedSignatureJson,
  preparedFromJson,
  preparedToJson,
} from './pades/prepared-signature.ts';
export { type SealImage, sealImage } from './pades/seal-image.ts';
export { type SigningTools, signPdf } from './pades/sign-pdf.ts';
export { SIGNATURE_HANDLERS, type SignatureFormat } from './pades/signature-format.ts';
export { cutStrips, type StraddleEdge, type StraddlePlacement, type Strip } from './pades/straddle.ts';
export { addValidationData, type ValidationData } from './pades/validation-data.ts';
export {
  geometryOf,
  type PagePlacement,
  type SealCaption,
  type SealPlacement,
  type VisibleSeal,
} from './pades/visible-seal.ts';
export { formFieldsOf, type PdfField, type PdfWidget } from './pdf/form-fields.ts';
export { DEFAULT_PDF_LIMITS, type PdfLimits } from './pdf/limits.ts';
export { openPdf, type PdfFile, type PdfRevision } from './pdf/open-pdf.ts';
export { intersection, type PdfPage, type PdfRect, pagesOf, rectOf } from './pdf/pages.ts';
export { pdfText } from './pdf/text.ts';
export * from './pdf/values.ts';
export { PdfView } from './pdf/view.ts';
export { writeObject } from './pdf/write-object.ts';
export type { XrefEntry, XrefSection } from './pdf/xref.ts';
export { clearGround } from './picture/clear-ground.ts';
export type { PixelBox } from './picture/ink.ts';
export {
  judgePicture,
  PICTURE_REASONS,
  type PictureMeasures,
  type PictureQuestion,
  type PictureReason,
  type PictureVerdict,
} from './picture/judge-picture.ts';
export { type OutlineFont, openOutlineFont } from './picture/outline-font.ts';
export { type PictureSize, pictureSize } from './picture/picture-format.ts';
export { drawRoundSeal, ROUND_SEAL_MM, type RoundSealSpec } from './picture/round-seal.ts';
export { drawSquareSeal, SQUARE_SEAL_MM, type SquareSealSpec } from './picture/square-seal.ts';
export { writePng } from './picture/write-png.ts';
export { buildSeal, type SealSpec } from './ses/build-seal.ts';
export {
  completeSesSignature,
  dataDigestOf,
  type PreparedSesSignature,
  prepareSesSignature,
  type SesSignatureSpec,
  type SesSignatureValue,
} from './ses/build-signature.ts';
export {
  type CertificateFinding,
  type CertificateJudge,
  type CertificateJudgeOptions,
  type CertificateQuestion,
  type CertificateStanding,
  certificateJudge,
  standingAt,
  type UseTime,
} from './ses/certificate-judge.ts';
export { encodeSeal } from './ses/encode.ts';
export { judgeSeal, type SealJudgement, type SealQuestion, type SesTools } from './ses/judge-seal.ts';
export {
  judgeSesSignature,
  type SesSignatureJudgement,
  type SesSignatureQuestion,
  type SigningTime,
} from './ses/judge-signature.ts';
export type * from './ses/model.ts';
export { parseSeal } from './ses/parse-seal.ts';
export { parseSesSignature } from './ses/parse-signature.ts';
export { SES_REASONS, type SesReason } from './ses/reasons.ts';
export type { AskSealStatus, SealStatus } from './ses/seal-status.ts';
export { isSignerListed } from './ses/signer-list.ts';
export { SES_STEPS, type SesFinding, type SesStep, type SesVerdict } from './ses/verdict.ts';
export type { CertificateRole, Trust, TrustByRole } from './trust-by-role.ts';
export type { KeyUse, TrustOptions } from './validate/certificate-trust.ts';
export type * from './validate/model.ts';
export { HEADLINES, type ReasonCode, VALIDATION_REASONS } from './validate/reasons.ts';
export { BLOCK_TITLES, CHECK_TITLES, type CheckCode } from './validate/titles.ts';
export { type ValidationOptions, validatePdf } from './validate/validate-pdf.ts';
