import type { OpenPlayer } from "@tutti/sync";
import { makeFrame, openInFrame, type ServiceFrame } from "./serviceFrame.ts";

/** The players of services on this page: all that were opened, and which of them is seen. */
export class ServiceScreen {
  frames = $state.raw<readonly ServiceFrame[]>([]);
  shown = $state.raw<ServiceFrame | null>(null);

  readonly open: OpenPlayer = async (service, events) => {
    const frame = makeFrame(service);
    this.frames = [...this.frames, frame];
    const close = () => {
      this.frames = this.frames.filter((other) => other !== frame);
      if (this.shown === frame) this.shown = null;
    };
    try {
      return await openInFrame(
        frame,
        events,
        (shown) => {
          if (shown) this.shown = frame;
          else if (this.shown === frame) this.shown = null;
        },
        close,
      );
    } catch (error) {
      close();
      throw error;
    }
  };
}
