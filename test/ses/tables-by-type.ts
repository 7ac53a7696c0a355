/** The event types of SES as AWS names them: the key of their details, and their table. */
export const tablesByType: { readonly [type: string]: { readonly payload: string; readonly table: string } } = {
  Send: { payload: 'send', table: 'send_log' },
  Delivery: { payload: 'delivery', table: 'delivery_log' },
  Bounce: { payload: 'bounce', table: 'bounce_log' },
  Complaint: { payload: 'complaint', table: 'complaint_log' },
  Reject: { payload: 'reject', table: 'reject_log' },
  Open: { payload: 'open', table: 'open_log' },
  Click: { payload: 'click', table: 'click_log' },
  'Rendering Failure': { payload: 'failure', table: 'rendering_failure_log' },
  DeliveryDelay: { payload: 'deliveryDelay', table: 'delivery_delay_log' },
  Subscription: { payload: 'subscription', table: 'subscription_log' },
}
