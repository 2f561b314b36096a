// The text of an input while it is being typed. The value's owner is the extension, a worker away: what it sends
// back may be older than what has been typed since. So the input shows its own draft, and takes the extension's
// value over only when that is news, not the echo of something typed before.
import { useRef, useState } from 'react';

export interface Draft {
  readonly text: string;
  /** The user typed. */
  readonly type: (text: string) => void;
  /** The typing ended; true when there is something new to commit. */
  readonly settle: () => boolean;
}

/** `value` is the extension's (undefined: it leaves the text to the input), as the input would show it. */
export function useDraft(value: string | undefined, initial: string): Draft {
  const [text, setText] = useState(value ?? initial);
  const seen = useRef(value);
  const awaitedEchoes = useRef<string[]>([]);
  const committed = useRef(text);

  if (value !== undefined && value !== seen.current) {
    seen.current = value;
    const echo = awaitedEchoes.current.indexOf(value);
    if (echo >= 0) {
      awaitedEchoes.current.splice(0, echo + 1);
    } else {
      awaitedEchoes.current = [];
      committed.current = value;
      if (value !== text) setText(value);
    }
  }

  return {
    text,
    type(typed) {
      awaitedEchoes.current.push(typed);
      setText(typed);
    },
    settle() {
      awaitedEchoes.current = awaitedEchoes.current.slice(-1);
      if (committed.current === text) return false;
      committed.current = text;
      return true;
    },
  };
}
