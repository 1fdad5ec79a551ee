export { type Actor, actorOf, type Principal, type RequestContext, type RequestHeaders, type ResolvePrincipal } from "./principal.ts";
export { fieldErrors, problemAnswer } from "./problem-answer.ts";
export { type FileAnswer, type Handler, type HandlerInput, type Route, route } from "./route.ts";
export { createHttpServer, type HttpOptions, languageOf } from "./server.ts";
