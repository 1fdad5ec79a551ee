import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import classes from "./activity-bar.module.css";

/** A thin line while the server is asked: nothing that takes long looks like nothing happened. */
export function ActivityBar() {
  const asked = useIsFetching({ predicate: (query) => query.state.status === "pending" });
  const changing = useIsMutating();
  return <div className={classes["bar"]} data-active={asked + changing > 0 || undefined} aria-hidden />;
}
