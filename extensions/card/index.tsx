import { Text, hubspot } from '@hubspot/ui-extensions';
hubspot.extend(() => <Text>Soon</Text>);
