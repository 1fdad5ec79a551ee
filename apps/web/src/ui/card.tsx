import { Box, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./card.module.css";

type CardProps = {
  readonly title?: string;
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  /** Tables go to the edges of the card. */
  readonly flush?: boolean;
  readonly children: ReactNode;
};

export function Card({ title, hint, actions, flush, children }: CardProps) {
  const headingId = useId();
  return (
    <section className={classes["card"]} {...(title ? { "aria-labelledby": headingId } : {})}>
      {(title || actions) && (
        <Group justify="space-between" className={classes["head"] ?? ""} gap="xs" wrap="wrap">
          <Box miw={0}>
            {title && (
              <Title order={2} id={headingId}>
                {title}
              </Title>
            )}
            {hint && (
              <Text c="dimmed" fz="sm">
                {hint}
              </Text>
            )}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      )}
      <div className={flush ? classes["flush"] : classes["body"]}>{children}</div>
    </section>
  );
}
