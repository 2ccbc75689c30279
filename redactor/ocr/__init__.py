"""Reads words from pixels, locally.

ONNX Runtime 1.32 sends usage data to its maker from a thread of its own, and keeps a number for the
machine under ~/.cache, unless this variable is set when it is loaded. Nothing here uses a network.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
