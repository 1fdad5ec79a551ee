import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";
import { ProblemNotice } from "./problem-notice.tsx";

type QueryLike<T> = {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
};

type Props<T> = { readonly query: QueryLike<T>; readonly skeletonRows?: number; readonly children: (data: T) => ReactNode };

/** One place for "loading", "failed" and "there it is". */
export function QueryView<T>({ query, skeletonRows = 5, children }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => query.refetch()} />;
  return <RowsSkeleton rows={skeletonRows} />;
}

export function RowsSkeleton({ rows }: { readonly rows: number }) {
  const t = useText();
  return (
    <Stack gap="sm" p="md" aria-busy="true" aria-label={t("loading")} role="status">
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key, index) => (
        <Skeleton key={key} height={14} width={`${92 - ((index * 17) % 45)}%`} radius="sm" />
      ))}
    </Stack>
  );
}
