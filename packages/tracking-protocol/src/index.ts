export {
  type ClickId,
  type ClickIdRefusal,
  type ClickKey,
  clickIdLength,
  clickIdOf,
  createSigner,
  createUlidSource,
  isClickIdOf,
  type Signer,
  verifyClickId,
} from "./click-id.ts";
export { type Consent, type ConsentPolicy, type ConsentSignals, resolveConsent } from "./consent.ts";
export {
  type CookieClick,
  cookieBytesMax,
  cookieClicksMax,
  cookieValue,
  decodeCookie,
  encodeCookie,
  plainCookieName,
  secureCookieName,
  type VisitorCookie,
  withClick,
} from "./cookie.ts";
export { type EdgeStatus, parseEdgeStatus } from "./edge-status.ts";
export {
  type ClickRecord,
  type ConversionRecord,
  type CountReason,
  type CountRecord,
  countReasons,
  type DeviceClass,
  type EdgeRecord,
} from "./records.ts";
export {
  parseRouteTable,
  type RouteClock,
  type RouteKey,
  type RouteLink,
  type RouteProgramme,
  type RouteTable,
  type RouteTableRefusal,
  routeTableBytesMax,
} from "./route-table.ts";
export {
  encodeFrame,
  type FrameAt,
  frameAt,
  frameHeaderBytes,
  framePayloadBytesMax,
  frameRecords,
  nextFrameAfter,
  sealFrame,
  segmentHeader,
} from "./segment-frame.ts";
export { type SubIdName, type SubIdSlot, type SubIds, subIdBytesMax, subIdNames, subIdSlot, subIdValue } from "./sub-ids.ts";
export { classifyUserAgent, type UserAgentClass } from "./user-agent.ts";
