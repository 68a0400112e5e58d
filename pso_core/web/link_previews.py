"""Programs that fetch an address only to draw a preview of it beside a message, as they name themselves.

Browsers inside chat programs are not among them: a person reads there.
"""

from __future__ import annotations

import re

from starlette.requests import Request

_THEIR_NAMES = re.compile(
    r"facebookexternalhit|facebot|meta-external|line-poker|linespider|whatsapp/|telegrambot|skypeuripreview|microsoft (teams|preview)|bingpreview"
    r"|slackbot|slack-imgproxy|discordbot|twitterbot|linkedinbot|redditbot|pinterestbot|mattermost-bot|googlebot|bingbot|applebot|(?<!cu)bot/[\d.]+",  # CUBOT makes phones
    re.IGNORECASE,
)


def draws_a_preview(request: Request) -> bool:
    return bool(_THEIR_NAMES.search(request.headers.get("user-agent", "")))
