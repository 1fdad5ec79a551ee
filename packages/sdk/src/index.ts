export { type CallInput, type Client, type ClientOptions, type Credentials, createClient } from "./client.ts";
export { type CookieJar, createCookieJar } from "./cookie-jar.ts";
