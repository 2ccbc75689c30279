"""The network: 35 thousand parameters, fully convolutional, pooled over the width of the line.

Attentive statistics pooling (Okabe et al. 2018, made for telling speakers apart in speech of any
length): a weighted mean and standard deviation of the columns, the weights learned. The deviation
is what shows that print repeats and a hand does not; the weights are what leaves out the paper.
"""

from __future__ import annotations

from pathlib import Path

import torch  # type: ignore[import-not-found, unused-ignore]
from torch import nn  # type: ignore[import-not-found, unused-ignore]

SPAN = 40
"""Numbers that describe one column of the line."""


def _block(inside: int, outside: int, stride: int, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, groups=groups, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class ScriptNet(nn.Module):  # type: ignore[misc, unused-ignore]
    """Ink (N, 1, 32, W) in 0 to 1 → the log-odds of handwriting (N,)."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = nn.Sequential(
            nn.Conv2d(1, 16, 5, 2, 2, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(inplace=True),
            _block(16, 32, 2),
            _block(32, 36, 1),
            _block(36, SPAN, 2),
            _block(SPAN, SPAN, 1, groups=4),
            nn.Conv2d(SPAN, SPAN, (4, 3), 1, (0, 1), groups=SPAN, bias=False),
            nn.BatchNorm2d(SPAN),
            nn.ReLU(inplace=True),
            nn.Conv2d(SPAN, SPAN, 1, bias=False),
            nn.BatchNorm2d(SPAN),
            nn.ReLU(inplace=True),
        )
        self.weights = nn.Conv1d(SPAN, 1, 1)
        self.drop = nn.Dropout(0.2)
        self.odds = nn.Linear(2 * SPAN, 1)

    def forward(self, ink: torch.Tensor) -> torch.Tensor:
        columns = self.columns(ink)[:, :, 0]
        weights = torch.softmax(self.weights(columns), dim=2)
        mean = (columns * weights).sum(dim=2)
        variance = ((columns - mean.unsqueeze(2)) ** 2 * weights).sum(dim=2)
        pooled = torch.cat([mean, torch.sqrt(variance + 1e-5)], dim=1)
        return self.odds(self.drop(pooled))[:, 0]  # type: ignore[no-any-return, unused-ignore]


def export(net: ScriptNet, path: Path) -> None:
    """Write the network as ONNX, opset 17, any width from 8 on, batch normalization folded in."""
    net.eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        net,
        (torch.zeros(1, 1, 32, 64),),
        str(path),
        input_names=["ink"],
        output_names=["odds"],
        dynamic_axes={"ink": {0: "n", 3: "width"}, "odds": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
