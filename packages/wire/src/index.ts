export {
  currencyCode,
  type FileDownload,
  fileDownload,
  id,
  instantText,
  integer,
  localDateText,
  localText,
  minorUnits,
  moneyAmount,
  pageOf,
  pageQuery,
  ppm,
  timeZoneName,
} from "./codecs.ts";
export {
  type ConversionChange,
  type ConversionPosition,
  type ConversionReceipt,
  type ConversionRefusalCode,
  type ConversionRow,
  clickIdsMax,
  conversionChange,
  conversionChanges,
  conversionCustomer,
  conversionEvent,
  conversionPosition,
  conversionReceipt,
  conversionReceipts,
  conversionRefusalCodes,
  conversionReport,
  conversionRow,
  conversionRowsMax,
  positionsMax,
  returnedPosition,
} from "./conversions.ts";
export {
  contractParty,
  type DealCondition,
  type DealField,
  type DealTerms,
  dealChange,
  dealFields,
  dealFinding,
  dealLineTrace,
  dealPay,
  dealTerms,
  dealText,
  effectiveRule,
  partyRoles,
} from "./deal-terms.ts";
export { type AnswerOf, type BodyOf, defineEndpoint, type Endpoint, type ParamsOf, type QueryOf } from "./endpoint.ts";
export * from "./endpoints/access.ts";
export { endpoints } from "./endpoints/all.ts";
export * from "./endpoints/attribution.ts";
export * from "./endpoints/billing.ts";
export { acceptanceView } from "./endpoints/contract-views.ts";
export * from "./endpoints/contracts.ts";
export * from "./endpoints/directory.ts";
export * from "./endpoints/instance.ts";
export * from "./endpoints/ledger.ts";
export * from "./endpoints/messaging.ts";
export * from "./endpoints/payouts.ts";
export * from "./endpoints/programmes.ts";
export * from "./endpoints/proposals.ts";
export * from "./endpoints/reporting.ts";
export * from "./endpoints/session.ts";
export * from "./endpoints/tracking.ts";
export * from "./endpoints/transactions.ts";
export { type OpenApiServers, openApiDocument } from "./openapi.ts";
export { type FieldError, type Problem, type ProblemKind, problemCatalogue } from "./problems/catalogue.ts";
export type { ProblemType } from "./problems/problem-type.ts";
export { type Capability, capabilities, type Role, roles } from "./roles.ts";
export { type Scope, scopes } from "./scopes.ts";
