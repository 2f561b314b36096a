// Which of our components stands for which of HubSpot's. A name that isn't here shows as that name, in a dashed
// frame around whatever it holds, so that nothing of an extension is ever silently missing.
import { createController } from '@remote-ui/react/host';
import type { ComponentMapping, Controller } from '@remote-ui/react/host';
import type { ComponentType, ReactElement, ReactNode } from 'react';
import { Button, LoadingButton } from './components/buttons.tsx';
import * as charts from './components/charts.tsx';
import { Checkbox, RadioButton, Toggle, ToggleGroup } from './components/choices.tsx';
import { DateInput, TimeInput } from './components/date-time-inputs.tsx';
import * as dialogs from './components/dialogs.tsx';
import { Accordion, StepIndicator } from './components/disclosure.tsx';
import { Dropdown, DropdownButtonItem } from './components/dropdown.tsx';
import * as feedback from './components/feedback.tsx';
import { Form } from './components/form.tsx';
import { Icon } from './components/icons.tsx';
import { Illustration } from './components/illustration.tsx';
import * as layout from './components/layout.tsx';
import { Image, Link } from './components/links.tsx';
import { CurrencyInput, NumberInput, StepperInput } from './components/number-inputs.tsx';
import { MultiSelect, Select } from './components/select.tsx';
import * as statistics from './components/statistics.tsx';
import * as table from './components/table.tsx';
import { Tab, Tabs } from './components/tabs.tsx';
import { StatusTag, Tag } from './components/tags.tsx';
import { Input, SearchInput, TextArea } from './components/text-inputs.tsx';
import { Tooltip } from './components/tooltip.tsx';
import * as typography from './components/typography.tsx';

const COMPONENTS: ComponentMapping = {
  Accordion,
  Button,
  Checkbox,
  CurrencyInput,
  DateInput,
  Dropdown,
  DropdownButtonItem,
  Form,
  Icon,
  Illustration,
  Image,
  Input,
  Link,
  LoadingButton,
  MultiSelect,
  NumberInput,
  RadioButton,
  SearchInput,
  Select,
  StatusTag,
  StepIndicator,
  StepperInput,
  Tab,
  Tabs,
  Tag,
  TextArea,
  Textarea: TextArea,
  TimeInput,
  Toggle,
  ToggleGroup,
  Tooltip,
  ...charts,
  ...dialogs,
  ...feedback,
  ...layout,
  ...statistics,
  ...table,
  ...typography,
};

/** The names that the preview can show. */
export const KNOWN_COMPONENTS: readonly string[] = Object.keys(COMPONENTS).toSorted();

function unknownComponent(name: string): ComponentType<{ readonly children?: ReactNode }> {
  return function UnknownComponent({ children }): ReactElement {
    return (
      <div className="ui-unknown" data-unknown-component={name}>
        <span className="ui-unknown-name">{name}</span>
        {children}
      </div>
    );
  };
}

/** Finds the component for a name of the remote tree; the same one each time, so that state survives. */
export function createComponentController(): Controller {
  const controller = createController(COMPONENTS);
  const unknown = new Map<string, ComponentType>();
  return {
    renderer: controller.renderer,
    get(type) {
      const name = String(type);
      if (Object.hasOwn(COMPONENTS, name)) return controller.get(type);
      const known = unknown.get(name) ?? unknownComponent(name);
      unknown.set(name, known);
      return known;
    },
  };
}
