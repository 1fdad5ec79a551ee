import { notifications } from "@mantine/notifications";
import { createElement, type ReactNode } from "react";
import { translate } from "../i18n/i18n.ts";
import { problemWords } from "./problem-notice.tsx";
import { UndoToast } from "./undo-toast.tsx";

export function toastDone(message: string): void {
  notifications.show({ message, color: "moss", withBorder: true, autoClose: 4000 });
}

export function toastProblem(error: unknown): void {
  const { title, detail } = problemWords(error, translate);
  notifications.show({ title, message: detail ?? "", color: "red", withBorder: true, autoClose: 9000 });
}

/** Done, with a way back for a few seconds. */
export function toastWithUndo(message: string, undo: () => void): void {
  const id = crypto.randomUUID();
  const content: ReactNode = createElement(UndoToast, {
    message,
    onUndo: () => {
      notifications.hide(id);
      undo();
    },
  });
  notifications.show({ id, message: content, color: "moss", withBorder: true, autoClose: 8000 });
}
