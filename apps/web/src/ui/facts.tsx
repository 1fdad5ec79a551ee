import type { ReactNode } from "react";
import classes from "./facts.module.css";

export type Fact = { readonly label: string; readonly value: ReactNode };

/** Key facts of an object as a definition list; two columns where there is room. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes["facts"]}>
      {facts.map((fact) => (
        <div key={fact.label} className={classes["fact"]}>
          <dt>{fact.label}</dt>
          <dd>{fact.value ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
