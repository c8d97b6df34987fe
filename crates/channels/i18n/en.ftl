channels-quote-head = On { $when }, { $name } wrote:
