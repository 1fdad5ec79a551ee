import type { Endpoint } from "@biotop/wire";
import { zodResolver } from "@hookform/resolvers/zod";
import type { FormEvent } from "react";
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import { ApiProblem } from "../api/problem.ts";

/** What a person fills in for an operation: its body as it travels. */
export type BodyInput<E extends Endpoint> =
  E extends Endpoint<z.ZodType, z.ZodType, infer Body, z.ZodType> ? (z.input<Body> extends FieldValues ? z.input<Body> : never) : never;

export type WireForm<E extends Endpoint> = UseFormReturn<BodyInput<E>, unknown, BodyInput<E>>;

type FormOptions<E extends Endpoint> = { readonly defaultValues: DefaultValues<BodyInput<E>> };

/** A form over an operation's body: the same rules as the API, values kept as they travel. */
export function useWireForm<E extends Endpoint>(endpoint: E, { defaultValues }: FormOptions<E>): WireForm<E> {
  return useForm<BodyInput<E>, unknown, BodyInput<E>>({
    resolver: zodResolver(endpoint.body as never, undefined, { raw: true }) as never,
    defaultValues,
    mode: "onTouched",
  });
}

/** What a form does when it is sent; a form inside a dialog does not send the one behind it. */
export function submitOf<Values extends FieldValues>(
  form: UseFormReturn<Values, unknown, Values>,
  send: (values: Values) => void,
): (event: FormEvent) => void {
  return (event) => {
    event.stopPropagation();
    void form.handleSubmit(send)(event);
  };
}

/** Puts the API's field errors on the form's fields; `true` when every one found its field. */
export function showFieldErrors<Values extends FieldValues>(form: UseFormReturn<Values, unknown, Values>, error: unknown): boolean {
  if (!(error instanceof ApiProblem) || error.fieldErrors.length === 0) return false;
  const known = form.getValues();
  let placed = 0;
  for (const field of error.fieldErrors) {
    const path = field.pointer.replace(/^\//, "").replaceAll("/", ".");
    if (path && valueAt(known, path) !== undefined) {
      form.setError(path as Path<Values>, { type: field.code, message: field.detail });
      placed += 1;
    }
  }
  return placed === error.fieldErrors.length;
}

function valueAt(values: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, part) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined),
      values,
    );
}

/** Empty text of a form field becomes "not given". */
export function emptyToNull<Text extends string | null | undefined>(text: Text): string | null {
  return text === undefined || text === null || text.trim() === "" ? null : text.trim();
}
