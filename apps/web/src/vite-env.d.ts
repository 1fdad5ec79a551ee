/// <reference types="vite/client" />

declare module "virtual:messages/de" {
  export const messages: Record<string, string>;
}

declare module "virtual:messages/en" {
  export const messages: Record<string, string>;
}
