import { Badge, Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBan,
  IconCash,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconEdit,
  IconFileCheck,
  IconHourglass,
  IconMail,
  IconPlayerPause,
  type TablerIcon,
} from "@tabler/icons-react";
import { useText } from "../i18n/i18n.ts";
import type { MessageKey } from "../i18n/message-key.ts";

type Look = { readonly colour: string; readonly icon: TablerIcon; readonly word: MessageKey };

/** The one vocabulary of states: colour, icon and word, never colour alone. */
const looks: Readonly<Record<string, Look>> = {
  active: { colour: "moss", icon: IconCircleCheck, word: "state.active" },
  "in-force": { colour: "moss", icon: IconCircleCheck, word: "state.in-force" },
  draft: { colour: "gray", icon: IconCircleDashed, word: "state.draft" },
  negotiating: { colour: "blue", icon: IconArrowsExchange, word: "state.negotiating" },
  concluded: { colour: "moss", icon: IconFileCheck, word: "state.concluded" },
  ended: { colour: "gray", icon: IconBan, word: "state.ended" },
  declined: { colour: "red", icon: IconCircleX, word: "state.declined" },
  withdrawn: { colour: "gray", icon: IconBan, word: "state.withdrawn" },
  expired: { colour: "gray", icon: IconClock, word: "state.expired" },
  pending: { colour: "gray", icon: IconHourglass, word: "state.pending" },
  open: { colour: "amber", icon: IconClock, word: "state.open" },
  waiting: { colour: "amber", icon: IconHourglass, word: "state.waiting" },
  approved: { colour: "moss", icon: IconCircleCheck, word: "state.approved" },
  adjusted: { colour: "indigo", icon: IconEdit, word: "state.adjusted" },
  held: { colour: "orange", icon: IconPlayerPause, word: "state.held" },
  unbilled: { colour: "gray", icon: IconCircleDashed, word: "state.unbilled" },
  billed: { colour: "blue", icon: IconFileCheck, word: "state.billed" },
  payable: { colour: "blue", icon: IconCash, word: "state.payable" },
  paid: { colour: "moss", icon: IconCash, word: "state.paid" },
  blocked: { colour: "orange", icon: IconAlertTriangle, word: "state.blocked" },
  balanced: { colour: "moss", icon: IconCircleCheck, word: "state.balanced" },
  issued: { colour: "blue", icon: IconFileCheck, word: "state.issued" },
  created: { colour: "amber", icon: IconClock, word: "state.created" },
  cancelled: { colour: "gray", icon: IconBan, word: "state.cancelled" },
  paused: { colour: "gray", icon: IconPlayerPause, word: "state.paused" },
  revoked: { colour: "gray", icon: IconBan, word: "state.revoked" },
  accepted: { colour: "moss", icon: IconCircleCheck, word: "state.accepted" },
  invited: { colour: "blue", icon: IconMail, word: "state.invited" },
  kept: { colour: "orange", icon: IconMail, word: "state.kept" },
  queued: { colour: "amber", icon: IconHourglass, word: "state.queued" },
  sent: { colour: "moss", icon: IconMail, word: "state.sent" },
  failed: { colour: "red", icon: IconCircleX, word: "state.failed" },
  won: { colour: "moss", icon: IconCircleCheck, word: "state.won" },
  lost: { colour: "gray", icon: IconCircleX, word: "state.lost" },
  excluded: { colour: "orange", icon: IconBan, word: "state.excluded" },
  receiving: { colour: "moss", icon: IconCircleCheck, word: "state.receiving" },
  "no-orders": { colour: "amber", icon: IconAlertTriangle, word: "state.no-orders" },
  silent: { colour: "gray", icon: IconHourglass, word: "state.silent" },
  refused: { colour: "red", icon: IconCircleX, word: "state.refused" },
  scheduled: { colour: "blue", icon: IconClock, word: "state.scheduled" },
  published: { colour: "moss", icon: IconCircleCheck, word: "state.published" },
  closed: { colour: "gray", icon: IconBan, word: "state.closed" },
  up: { colour: "amber", icon: IconClock, word: "state.up" },
  none: { colour: "gray", icon: IconCircleDashed, word: "state.none" },
  ready: { colour: "moss", icon: IconCircleCheck, word: "state.ready" },
  exported: { colour: "blue", icon: IconFileCheck, word: "state.exported" },
  completed: { colour: "moss", icon: IconCircleCheck, word: "state.completed" },
  "in-payout-run": { colour: "blue", icon: IconHourglass, word: "state.in-payout-run" },
  unattributed: { colour: "gray", icon: IconCircleDashed, word: "state.unattributed" },
  test: { colour: "grape", icon: IconCircleDashed, word: "state.test" },
  priced: { colour: "moss", icon: IconCircleCheck, word: "state.priced" },
  "my-turn": { colour: "amber", icon: IconArrowsExchange, word: "state.my-turn" },
  "their-turn": { colour: "gray", icon: IconHourglass, word: "state.their-turn" },
};

const unknown: Look = { colour: "gray", icon: IconCircleDashed, word: "state.unknown" };

type Props = { readonly state: string; readonly hint?: string };

export function StateBadge({ state, hint }: Props) {
  const t = useText();
  const look = looks[state] ?? unknown;
  const Icon = look.icon;
  const badge = (
    <Badge color={look.colour} leftSection={<Icon size={13} stroke={2} aria-hidden />} data-state={state}>
      {look === unknown ? state : t(look.word)}
    </Badge>
  );
  return hint ? <Tooltip label={hint}>{badge}</Tooltip> : badge;
}

export function useStateWord(): (state: string) => string {
  const t = useText();
  return (state) => {
    const look = looks[state];
    return look ? t(look.word) : state;
  };
}
