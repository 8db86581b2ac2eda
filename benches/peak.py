"""The peak memory of one child, on Linux. `ru_maxrss` won't do: it begins with what the parent held as it forked."""
import threading
import time


class Peak(threading.Thread):
    """Looks at the child's high-water mark until there is no child; `kib` is the last one seen."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.status, self.kib = f"/proc/{pid}/status", 0
        self.start()

    def run(self):
        try:
            while True:
                with open(self.status) as status:
                    lines = [line.split() for line in status if line.startswith("VmHWM:")]
                if not lines:
                    return
                self.kib = int(lines[0][1])
                time.sleep(0.02)
        except OSError:
            return
