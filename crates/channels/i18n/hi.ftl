channels-quote-head = { $when } को { $name } ने लिखा:
