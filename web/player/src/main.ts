import { mount } from "svelte";
import "./look/tokens.css";
import "./look/base.css";
import { comeIn } from "./account/comeIn.ts";
import { routeOf } from "./pages/route.ts";

// Each page is a chunk of its own: the first page loads neither the engine nor the room.
const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");

const route = routeOf(location.pathname, location.search);
switch (route.page) {
  case "home":
  case "rooms": {
    const [page, auth] = await Promise.all([import("./pages/HomePage.svelte"), comeIn()]);
    mount(page.default, { target, props: { auth } });
    break;
  }
  case "room": {
    const [page, { thisDevice }, { showInvitation }, auth] = await Promise.all([
      import("./pages/RoomPage.svelte"),
      import("./device/thisDevice.ts"),
      import("./room/invitation.ts"),
      comeIn(),
    ]);
    const trouble = await showInvitation(route.code, auth);
    mount(page.default, { target, props: { code: route.code, device: await thisDevice(), auth, trouble } });
    break;
  }
  case "testClient": {
    const [page, { thisDevice }] = await Promise.all([import("./pages/TestClientPage.svelte"), import("./device/thisDevice.ts"), comeIn()]);
    mount(page.default, { target, props: { code: route.code, device: await thisDevice() } });
    break;
  }
  case "embed":
    await (await import("./pages/framePage.ts")).openFramePage(route.service, target);
    break;
  case "spotify":
    mount((await import("./pages/SpotifyPage.svelte")).default, { target, props: { step: route.step } });
    break;
  case "signIn":
    mount((await import("./pages/SignInPage.svelte")).default, { target, props: { next: route.next } });
    break;
  case "signUp":
    mount((await import("./pages/SignUpPage.svelte")).default, { target, props: { next: route.next } });
    break;
  case "setUp":
    mount((await import("./pages/SetUpPage.svelte")).default, { target });
    break;
  case "reset":
    mount((await import("./pages/ResetPage.svelte")).default, { target });
    break;
  case "account":
    mount((await import("./pages/AccountPage.svelte")).default, { target });
    break;
  case "unknown":
    mount((await import("./pages/UnknownPage.svelte")).default, { target });
}
