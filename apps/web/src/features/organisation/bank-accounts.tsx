import { type Currency, currency } from "@biotop/kernel";
import { getBankAccounts, putBankAccount } from "@biotop/wire";
import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { dateText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastDone } from "../../ui/toast.ts";
import { emptyToNull, showFieldErrors, submitOf, useWireForm } from "../../ui/use-wire-form.ts";
import { CurrencyInput } from "../deal/frame-editor.tsx";

type Accounts = Answer<typeof getBankAccounts>;
type Account = Accounts["rows"][number];

/** One account for each currency that the organisation is paid in. */
export function BankAccounts() {
  const t = useText();
  const accounts = useApi(getBankAccounts);
  return (
    <Card title={t("bank.title")} hint={t("bank.hint")}>
      <QueryView query={accounts}>{(found) => <AccountList accounts={found} />}</QueryView>
    </Card>
  );
}

function AccountList({ accounts }: { readonly accounts: Accounts }) {
  const t = useText();
  const [edited, setEdited] = useState<Currency | undefined>(
    accounts.rows.length === 0 && accounts.can.update ? currency("EUR") : undefined,
  );
  return (
    <Stack gap="sm">
      {accounts.rows.map((account) => (
        <Group key={account.currency} justify="space-between" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text fz="sm" fw={600}>
              {account.currency} · {account.holder}
            </Text>
            <Text className="mono">{account.iban ? grouped(account.iban) : account.accountText}</Text>
            <Text fz="xs" c="dimmed">
              {t("bank.changed", { date: dateText(account.changedAt) })}
            </Text>
          </div>
          {accounts.can.update && (
            <Button size="compact-sm" variant="default" onClick={() => setEdited(account.currency)}>
              {t("bank.change")}
            </Button>
          )}
        </Group>
      ))}
      {edited ? (
        <AccountForm
          key={edited}
          code={edited}
          account={accounts.rows.find((account) => account.currency === edited)}
          onCurrency={setEdited}
          onDone={() => setEdited(undefined)}
        />
      ) : (
        accounts.can.update && (
          <Button variant="light" size="compact-sm" w="fit-content" onClick={() => setEdited(currency("EUR"))}>
            {t("bank.add")}
          </Button>
        )
      )}
    </Stack>
  );
}

type FormProps = {
  readonly code: Currency;
  readonly account: Account | undefined;
  readonly onCurrency: (code: Currency) => void;
  readonly onDone: () => void;
};

function AccountForm({ code, account, onCurrency, onDone }: FormProps) {
  const t = useText();
  const form = useWireForm(putBankAccount, {
    defaultValues: {
      holder: account?.holder ?? "",
      iban: account?.iban ?? "",
      bic: account?.bic ?? "",
      accountText: account?.accountText ?? "",
    },
  });
  const { errors } = form.formState;
  const send = useSend(putBankAccount, {
    onDone: () => {
      toastDone(t("form.saved"));
      onDone();
    },
  });
  const submit = submitOf(form, ({ holder, iban, bic, accountText }) =>
    send.mutate(
      {
        params: { currency: code },
        body: { holder, iban: emptyToNull(iban), bic: emptyToNull(bic), accountText: emptyToNull(accountText) },
      },
      { onError: (error) => showFieldErrors(form, error) },
    ),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <CurrencyInput label={t("bank.currency")} value={code} onChange={onCurrency} />
          <TextInput label={t("bank.holder")} {...form.register("holder")} error={errors.holder?.message} />
          <TextInput label="IBAN" {...form.register("iban")} error={errors.iban?.message} />
          <TextInput label={t("bank.bic")} {...form.register("bic")} error={errors.bic?.message} />
        </SimpleGrid>
        {code !== "EUR" && (
          <Textarea
            label={t("bank.account-text")}
            description={t("bank.account-text-hint")}
            autosize
            {...form.register("accountText")}
            error={errors.accountText?.message}
          />
        )}
        {send.error && <ProblemNotice error={send.error} />}
        <Group gap="xs">
          <Button type="submit" loading={send.isPending}>
            {t("form.save")}
          </Button>
          <Button variant="subtle" color="gray" onClick={onDone}>
            {t("form.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** `DE89370400440532013000` → groups of four, as on paper. */
function grouped(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, "$1 ");
}
