export { createDispatcher, type Dispatcher, type DomainEvent, publish, type Subscription, subscribe } from "./outbox.ts";
