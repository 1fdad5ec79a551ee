export { type Chance, chance } from "./chance.ts";
export type { Company, Deal, Partner, Pay, Split, Tax, When } from "./company.ts";
export { type Aftermath, type DemoLife, type DemoShop, demoLife, demoZone } from "./demo/life.ts";
export { type Consent, type PlannedClick, planClicks, type UserAgents } from "./journeys.ts";
export { noMerchandise, type ShopOrder, type ShopPosition } from "./order.ts";
