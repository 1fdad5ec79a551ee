import { Button, Center, Checkbox, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";
import classes from "./data-table.module.css";

export type Column<Row> = {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Dates and short words that must not break. */
  readonly nowrap?: boolean;
  /** Left out on a phone, where the first columns say the most. */
  readonly wideOnly?: boolean;
  readonly footer?: ReactNode;
};

export type Selection = {
  readonly ids: ReadonlySet<string>;
  readonly change: (ids: ReadonlySet<string>) => void;
};

type Props<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selection?: Selection;
  readonly more?: { readonly load: () => void; readonly isLoading: boolean } | undefined;
  readonly empty: ReactNode;
};

/** The one list of the app: sticky head, numbers to the right, whole row opens, optional selection. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, rows, columns, rowId, more, empty, selection } = props;
  const t = useText();
  if (rows.length === 0) return <>{empty}</>;
  const hasFooter = columns.some((column) => column.footer !== undefined);
  return (
    <>
      <Table.ScrollContainer type="native" minWidth={0} className={classes["scroll"] ?? ""}>
        <Table highlightOnHover aria-label={label} className={classes["table"] ?? ""}>
          <Table.Thead>
            <Table.Tr>
              {selection && <SelectAllCell ids={rows.map(rowId)} selection={selection} />}
              {columns.map((column) => (
                <Table.Th key={column.key} className={cellClass(column)} scope="col">
                  {column.title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <DataRow key={rowId(row)} row={row} {...props} />
            ))}
          </Table.Tbody>
          {hasFooter && (
            <Table.Tfoot>
              <Table.Tr>
                {selection && <Table.Td />}
                {columns.map((column) => (
                  <Table.Td key={column.key} className={cellClass(column)} data-label={column.footer === undefined ? "" : column.title}>
                    {column.footer}
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          )}
        </Table>
      </Table.ScrollContainer>
      {more && (
        <Center p="sm">
          <Button variant="default" size="compact-md" onClick={more.load} loading={more.isLoading}>
            {t("list.more")}
          </Button>
        </Center>
      )}
    </>
  );
}

function DataRow<Row>({ row, columns, rowId, onOpen, selection }: Props<Row> & { readonly row: Row }) {
  const id = rowId(row);
  const isSelected = selection?.ids.has(id) ?? false;
  return (
    <Table.Tr
      data-selected={isSelected || undefined}
      className={onOpen ? (classes["openable"] ?? "") : ""}
      onClick={(event) => {
        if (onOpen && !(event.target as HTMLElement).closest("a,button,input,label")) onOpen(row);
      }}
    >
      {selection && <SelectCell id={id} selection={selection} />}
      {columns.map((column) => (
        <Table.Td key={column.key} className={cellClass(column)} data-label={column.title}>
          {column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function SelectCell({ id, selection }: { readonly id: string; readonly selection: Selection }) {
  const t = useText();
  const toggle = () => {
    const next = new Set(selection.ids);
    if (!next.delete(id)) next.add(id);
    selection.change(next);
  };
  return (
    <Table.Td w={36}>
      <Checkbox size="xs" checked={selection.ids.has(id)} onChange={toggle} aria-label={t("list.select-row")} />
    </Table.Td>
  );
}

function SelectAllCell({ ids, selection }: { readonly ids: readonly string[]; readonly selection: Selection }) {
  const t = useText();
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <Table.Th w={36}>
      <Checkbox
        size="xs"
        checked={chosen === ids.length}
        indeterminate={chosen > 0 && chosen < ids.length}
        onChange={() => selection.change(new Set(chosen === ids.length ? [] : ids))}
        aria-label={t("list.select-page")}
      />
    </Table.Th>
  );
}

function cellClass(column: { readonly numeric?: boolean; readonly wideOnly?: boolean; readonly nowrap?: boolean }): string {
  return [column.numeric ? "num" : "", column.nowrap ? classes["nowrap"] : "", column.wideOnly ? classes["wide-only"] : ""]
    .filter(Boolean)
    .join(" ");
}
