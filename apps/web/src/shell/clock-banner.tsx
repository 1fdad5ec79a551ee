import { getInstance } from "@biotop/wire";
import { IconClockPlay } from "@tabler/icons-react";
import { useApi } from "../api/use-api.ts";
import { preciseTimeText } from "../format/format.ts";
import { useText } from "../i18n/i18n.ts";
import classes from "./clock-banner.module.css";

const refetchMs = 15_000;

/** On a test instance every page says which time it is there. */
export function ClockBanner() {
  const t = useText();
  const instance = useApi(getInstance, {}, { refetchMs });
  if (!instance.data || instance.data.clock.mode === "real") return null;
  const at = preciseTimeText(instance.data.clock.at, "UTC");
  return (
    <div role="status" className={classes["banner"]}>
      <IconClockPlay size={15} aria-hidden />
      <span>{t(instance.data.isDemoPlaying ? "shell.clock-demo" : "shell.clock-manual", { at })}</span>
    </div>
  );
}
