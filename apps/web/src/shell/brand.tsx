import { Group, Text } from "@mantine/core";

export function Brand() {
  return (
    <Group gap={8} wrap="nowrap">
      <img src="/favicon.svg" width={26} height={26} alt="" />
      <Text fw={680} fz="lg" lts="-0.01em">
        Biotop
      </Text>
    </Group>
  );
}
